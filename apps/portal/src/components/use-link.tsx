import { Button, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { isWorthRetrying } from '../api/problem-error.js';
import { forgetLinkToken } from '../link-token.js';
import { PageHead } from './page-head.js';
import { ProblemAlert } from './problem-alert.js';

interface UseLinkProps<Answer> {
  readonly title: string;
  /** What the button is for. */
  readonly lead: string;
  readonly button: string;
  /** The call that uses the link up. */
  readonly use: () => Promise<Answer>;
  readonly onUsed: (answer: Answer) => void;
  /** What can be done instead, when the link does not hold. */
  readonly otherwise: ReactNode;
}

/** The one button of a page that a link in a mail leads to. Opening the page changes nothing; mail scanners do that too. */
export function UseLink<Answer>({ title, lead, button, use, onUsed, otherwise }: UseLinkProps<Answer>) {
  const { mutate, isPending, error } = useMutation({
    mutationFn: use,
    onSuccess: (answer) => {
      forgetLinkToken();
      onUsed(answer);
    },
    onError: (refused) => {
      if (!isWorthRetrying(refused)) forgetLinkToken();
    },
  });
  const isOver = error !== null && !isWorthRetrying(error);
  return (
    <>
      <PageHead title={title} {...(!isOver && { lead })} />
      <Stack>
        {error !== null && <ProblemAlert error={error} />}
        {isOver ? (
          otherwise
        ) : (
          <Button size="md" loading={isPending} onClick={() => mutate()}>
            {button}
          </Button>
        )}
      </Stack>
    </>
  );
}
