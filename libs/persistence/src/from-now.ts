/** So many milliseconds from now on the database's clock, as an aggregation expression. */
export const fromNow = (ms: number) => ({ $add: ['$$NOW', ms] });
