import { z } from 'zod';
import { EmailAddress } from '../contacts/address.js';
import { Label } from '../contacts/contact-information.js';
import { StaffRole } from '../principal.js';

export const NewStaff = z
  .strictObject({ email: EmailAddress, name: Label, role: StaffRole })
  .meta({ id: 'NewStaff', description: 'Somebody of the platform, who signs in by a link in a mail.' });
export type NewStaff = z.infer<typeof NewStaff>;

export const StaffView = z
  .object({ id: z.string(), email: EmailAddress, name: Label, role: StaffRole })
  .meta({ id: 'Staff' });
export type StaffView = z.infer<typeof StaffView>;

export const StaffList = z
  .object({ items: z.array(StaffView), nextCursor: z.null() })
  .meta({ id: 'StaffList' });
export type StaffList = z.infer<typeof StaffList>;
