/** When open and closed turn: the weekday says which day of the coming week it is, any later one needs its date. */
export function turnTime(language: string, now: Date, turn: Date): string {
  const weekAhead = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 7);
  return new Intl.DateTimeFormat(language, {
    weekday: 'long',
    ...(turn >= weekAhead && { day: 'numeric', month: 'long' }),
    hour: '2-digit',
    minute: '2-digit',
  }).format(turn);
}
