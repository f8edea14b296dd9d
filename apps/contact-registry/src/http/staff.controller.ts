import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { NewStaff, type StaffList, type StaffView } from '@signalbox/contracts';
import { parseOrProblem, ProblemError } from '@signalbox/runtime';
import { ChangeStaff, staffView } from '../access/change-staff.js';
import { StaffStore } from '../access/staff-store.js';
import type { Asker } from '../accounts/asker.js';
import { CurrentAsker } from './access.js';

/** Staff see all accounts: whose key is limited could else give somebody what it has not. */
@Controller('v1/staff')
export class StaffController {
  constructor(
    private readonly staff: StaffStore,
    private readonly change: ChangeStaff,
  ) {}

  /** All at once: they are few. */
  @Get()
  async list(): Promise<StaffList> {
    return { items: (await this.staff.list()).map(staffView), nextCursor: null };
  }

  @Post()
  @HttpCode(201)
  async add(@Body() body: unknown, @CurrentAsker() asker: Asker): Promise<StaffView> {
    const added = await this.change.add(parseOrProblem(NewStaff, body), asker);
    if (added.kind === 'done') return added.staff;
    throw new ProblemError('staff-exists', 'Somebody of the platform has this address already.');
  }

  @Delete(':staff')
  @HttpCode(204)
  async remove(@Param('staff') id: string, @CurrentAsker() asker: Asker): Promise<void> {
    switch (await this.change.remove(id, asker)) {
      case 'done':
        return;
      case 'no-such-staff':
        throw new ProblemError('not-found', 'There is nobody of the platform with that id.');
      case 'last-operator':
        throw new ProblemError('last-operator', 'Give somebody else an operator’s access first.');
    }
  }
}
