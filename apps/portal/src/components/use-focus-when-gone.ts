import { useEffect, useRef, type RefObject } from 'react';

/**
 * For what takes itself away when it is used: the focus then goes on to what stays, and not to the start of the page.
 * @param staying finds that, from what will be gone.
 */
export function useFocusWhenGone<E extends HTMLElement>(
  staying: (element: E) => HTMLElement | null | undefined,
): RefObject<E | null> {
  const element = useRef<E>(null);
  useEffect(() => {
    const here = element.current;
    const next = here === null ? null : staying(here);
    return () => {
      // Once everything that goes with it is gone too, the dialog that had the focus for example.
      setTimeout(() => {
        if (here?.isConnected === false && document.activeElement === document.body) next?.focus();
      });
    };
  });
  return element;
}
