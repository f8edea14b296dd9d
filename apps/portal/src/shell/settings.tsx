import { Group, NativeSelect, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { languages, type Language } from '../i18n/languages.js';
import { rememberLanguage } from '../i18n/start-i18n.js';

const colorSchemes = ['auto', 'light', 'dark'] as const satisfies readonly MantineColorScheme[];

/** Language and colours, both remembered on this device. The device's own lists, which are light and work everywhere. */
export function Settings() {
  const { t, i18n } = useTranslation('shell');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Group gap="xs">
      <NativeSelect
        size="xs"
        aria-label={t('language')}
        value={i18n.language}
        data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
        onChange={({ currentTarget }) => void rememberLanguage(currentTarget.value as Language)}
      />
      <NativeSelect
        size="xs"
        aria-label={t('colors.label')}
        value={colorScheme}
        data={colorSchemes.map((value) => ({ value, label: t(`colors.${value}`) }))}
        onChange={({ currentTarget }) => setColorScheme(currentTarget.value as MantineColorScheme)}
      />
    </Group>
  );
}
