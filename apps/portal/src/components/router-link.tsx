import { Anchor, Button } from '@mantine/core';
import { createLink } from '@tanstack/react-router';

// Mantine's elements as links of the router: typed addresses, the environment kept, no reload.
export const RouterAnchor = createLink(Anchor<'a'>);
export const RouterButton = createLink(Button<'a'>);
