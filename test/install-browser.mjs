// npm run install:browser: installs Debian's Chromium for the browser tests.
import { spawnSync } from 'node:child_process';
import { findBrowser } from './find-browser.mjs';

const there = findBrowser();
if (there) {
  console.log(`Chromium is there: ${there}`);
  process.exit(0);
}
if (process.getuid?.() !== 0) {
  console.error(
    'Chromium is missing, and only root may install it. Run "sudo apt-get install chromium", ' +
      'or set CHROMIUM to a Chromium of your own.',
  );
  process.exit(3);
}
const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
for (const args of [
  ['update', '-q'],
  ['install', '-y', '-q', '--no-install-recommends', 'chromium'],
]) {
  const { status, error } = spawnSync('apt-get', args, {
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (error || status !== 0) {
    console.error(`apt-get ${args[0]} failed. Install Chromium by hand, or set CHROMIUM.`);
    process.exit(3);
  }
}
if (!findBrowser()) {
  console.error('apt-get ended well, yet there is no Chromium. Set CHROMIUM.');
  process.exit(3);
}
