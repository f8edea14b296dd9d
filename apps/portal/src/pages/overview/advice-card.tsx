import type { AdviceCode } from '@signalbox/contracts';
import { List, Paper, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { RouterAnchor } from '../../components/router-link.js';
import { pages } from '../../routes.js';
import { useAccount } from '../../shell/use-account.js';
import { readinessQuery } from '../contact-information/queries.js';

/** What would serve the account better. Nothing is refused for it, so nothing is shown where there is none. */
export function AdviceCard() {
  const { t } = useTranslation(['overview', 'contactInformation']);
  const { account, environment } = useAccount();
  const { data } = useQuery(readinessQuery(account.account, environment));
  if (data === undefined || data.advice.length === 0) return null;
  const codes = [...new Set(data.advice.map(({ code }) => code))];
  const fieldsOf = (code: AdviceCode): string =>
    data.advice
      .filter((advice) => advice.code === code)
      .map(({ field }) => t(`contactInformation:fields.${field}.title`))
      // A comma is part of their names.
      .join('; ');
  return (
    <Paper withBorder radius="lg" p="lg" component="section">
      <Title order={2} mb="sm">
        {t('advice.title')}
      </Title>
      <List spacing="xs" mb="sm">
        {codes.map((code) => (
          <List.Item key={code}>
            <Text span fw={600}>
              {fieldsOf(code)}
            </Text>
            {' · '}
            <Text span c="dimmed">
              {t(`contactInformation:advice.${code}`)}
            </Text>
          </List.Item>
        ))}
      </List>
      <RouterAnchor to={pages.contactInformation.path}>{t('advice.change')}</RouterAnchor>
    </Paper>
  );
}
