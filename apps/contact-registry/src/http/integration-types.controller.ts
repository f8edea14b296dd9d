import { Controller, Get } from '@nestjs/common';
import { integrationTypes, type IntegrationTypeList } from '@signalbox/contracts';
import { contactPolicy } from '@signalbox/domain';
import type { z } from 'zod';

/** The contact policy as it stands in its table; open to every known key. */
@Controller('v1/integration-types')
export class IntegrationTypesController {
  @Get()
  list(): z.infer<typeof IntegrationTypeList> {
    return { items: integrationTypes.map((id) => ({ id, fields: contactPolicy[id] })) };
  }
}
