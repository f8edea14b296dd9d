/** How far down something begins that stands beside an input with a label, whatever is said below the input. */
export const besideInput = 'calc(var(--mantine-font-size-sm) * var(--mantine-line-height) + 4px)';
