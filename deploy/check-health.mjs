// The health check of every image: `node deploy/check-health.mjs GATEWAY_PORT` asks the process at that setting's port
// whether it is ready. Exit 0 says yes, 1 says no; what is wrong is printed, and `docker inspect` shows it.
const [setting] = process.argv.slice(2);
const url = `http://127.0.0.1:${process.env[setting]}/health/ready`;
try {
  const answer = await fetch(url, { signal: AbortSignal.timeout(4_000) });
  console.log(answer.status, await answer.text());
  process.exitCode = answer.ok ? 0 : 1;
} catch (error) {
  console.log(`${url} does not answer: ${error.cause?.message ?? error.message}`);
  process.exitCode = 1;
}
