import { NavLink, Stack, Text } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { PortalPage } from '@signalbox/contracts';
import { pages, type Page } from '../routes.js';

const RouterNavLink = createLink(NavLink<'a'>);

const namesIn = (place: Page['navigation']): PortalPage[] =>
  (Object.keys(pages) as PortalPage[]).filter((name) => {
    const page: Page = pages[name];
    return page.navigation === place && page.for === 'portal-user';
  });

/** The pages that the table puts here. */
export function Navigation({ onChosen }: { readonly onChosen: () => void }) {
  const { t } = useTranslation('shell');
  const configuration = namesIn('configuration');
  return (
    <Stack gap={4} onClick={onChosen}>
      {namesIn('top').map((name) => (
        <PageLink key={name} name={name} />
      ))}
      {configuration.length > 0 && (
        <Text size="xs" fw={600} c="dimmed" mt="md" px="sm">
          {t('configuration')}
        </Text>
      )}
      {configuration.map((name) => (
        <PageLink key={name} name={name} />
      ))}
    </Stack>
  );
}

function PageLink({ name }: { readonly name: PortalPage }) {
  const { t } = useTranslation('shell');
  const { path } = pages[name];
  return (
    <RouterNavLink
      to={path}
      label={t(`pages.${name}`)}
      activeOptions={{ exact: path === '/', includeSearch: false }}
      activeProps={{ active: true }}
      style={{ borderRadius: 'var(--mantine-radius-md)' }}
    />
  );
}
