import { useState } from 'react';
import { heldLinkToken } from '../link-token.js';

/** The secret of the link that opened the portal, if one did and was not used before this page was opened. */
export const useLinkToken = (): string | undefined => useState(heldLinkToken)[0];
