import { useEffect, useState } from 'react';

const minuteMs = 60_000;

/** The time, as of the minute: it moves on when the clock does, whether anybody types or not. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setTimeout(() => setNow(new Date()), minuteMs - (now.getTime() % minuteMs));
    return () => clearTimeout(timer);
  }, [now]);
  return now;
}
