import { benchOperatorsLists } from './operators-lists.js';

/** Every part of the benchmark, by the name that a person calls it by. */
export const parts = { 'operators-lists': benchOperatorsLists } as const;
export type PartName = keyof typeof parts;
