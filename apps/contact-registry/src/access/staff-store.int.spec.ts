import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import { askedBy, openRegistryDatabase, silent } from '../registry-under-test.spec.js';
import { ChangeStaff } from './change-staff.js';
import { staffModel, type StaffDocument } from './staff-document.js';
import { StaffStore } from './staff-store.js';

let connection: Connection;
beforeAll(async () => {
  connection = await openRegistryDatabase();
});
afterEach(() => staffModel(connection).deleteMany());
afterAll(async () => {
  await connection.dropDatabase();
  await connection.close();
});

const registry = () => {
  const staff = new StaffStore(connection);
  const identities = { endSessions: () => Promise.resolve() };
  return { staff, change: new ChangeStaff({ staff, identities, log: silent }) };
};

async function haveStaff(count: number, role: StaffDocument['role']): Promise<StaffDocument[]> {
  const made = Array.from({ length: count }, () => {
    const mailbox = `${randomUUID()}@platform.example`;
    return { _id: randomUUID(), email: mailbox, mailbox, name: 'Kim', role };
  });
  for (const each of made) await registry().staff.insert(each);
  return made;
}
const operators = () => staffModel(connection).countDocuments({ role: 'operator' });

it.each(['removed', 'forgotten', 'removed and forgotten'])(
  'of 20 operators who are %s at the same moment exactly one stays',
  async (how) => {
    const all = await haveStaff(20, 'operator');
    const ends = await Promise.all(
      all.map(async ({ _id, mailbox }, index) => {
        const { staff, change } = registry();
        if (how === 'removed' || (how !== 'forgotten' && index % 2 === 0))
          return (await change.remove(_id, askedBy('spec'))) === 'done';
        return (await staff.remove({ mailbox })).kind === 'removed';
      }),
    );
    expect(await operators()).toBe(1);
    expect(ends.filter(Boolean)).toHaveLength(19);
  },
);

it('the last operator stays, whoever of the support leaves', async () => {
  const [kim] = await haveStaff(1, 'operator');
  const [sam] = await haveStaff(1, 'support');
  const { staff } = registry();
  expect(await staff.isLastOperator(kim?.mailbox ?? '')).toBe(true);
  expect(await staff.isLastOperator(sam?.mailbox ?? '')).toBe(false);
  expect(await staff.remove({ _id: kim?._id ?? '' })).toEqual({ kind: 'last-operator' });
  expect(await staff.remove({ mailbox: sam?.mailbox ?? '' })).toMatchObject({ kind: 'removed', staff: sam });
  expect(await staff.remove({ mailbox: sam?.mailbox ?? '' })).toEqual({ kind: 'nobody' });
  const [lee] = await haveStaff(1, 'operator');
  expect(await staff.isLastOperator(kim?.mailbox ?? '')).toBe(false);
  expect(await staff.remove({ _id: kim?._id ?? '' })).toMatchObject({ kind: 'removed' });
  expect(await staff.list()).toMatchObject([{ _id: lee?._id }]);
});
