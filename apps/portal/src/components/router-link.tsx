import { Anchor, Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentProps } from 'react';

// Mantine's elements as links of the router: typed addresses, the environment kept, no reload.
export const RouterAnchor = createLink(Anchor<'a'>);
export const RouterButton = createLink(ButtonLink);

function ButtonLink(props: ButtonProps & ComponentProps<'a'>) {
  return <Button component="a" {...props} />;
}
