import { Controller, Get } from '@nestjs/common';
import { contactFields, integrationTypes, type IntegrationTypeList } from '@signalbox/contracts';
import { contactPolicy, ruleOf } from '@signalbox/domain';
import type { z } from 'zod';

/** The contact policy as it stands in its table; open to every known key. */
@Controller('v1/integration-types')
export class IntegrationTypesController {
  @Get()
  list(): z.infer<typeof IntegrationTypeList> {
    return {
      contactFields: contactFields.map((field) => ({
        field,
        ...ruleOf(field),
        environments: [...ruleOf(field).environments],
      })),
      items: integrationTypes.map((id) => ({ id, fields: contactPolicy[id] })),
    };
  }
}
