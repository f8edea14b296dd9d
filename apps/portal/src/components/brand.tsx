import { Group, Text } from '@mantine/core';
import icon from '../icon.svg';

/** Whose page this is. */
export const Brand = () => (
  <Group gap={10} wrap="nowrap">
    <img src={icon} width={28} height={28} alt="" />
    <Text fw={700}>Signalbox</Text>
  </Group>
);
