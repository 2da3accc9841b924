// Keeps <time data-due> going in step with Countdown.razor; every second only while something is within the hour.
const texts = JSON.parse(document.querySelector('meta[name="granary-texts"]').content);
const say = (text, ...values) => text.replace(/\{(\d)\}/g, (_, i) => values[i]);

function draw(time) {
  const left = Number(time.dataset.due) - Date.now();
  const seconds = Math.floor(Math.abs(left) / 1000);
  const [d, h, m, s] = [Math.floor(seconds / 86400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60];
  const span = d ? say(texts['span.days'], d, h) : h ? say(texts['span.hours'], h, m) : say(texts['span.minutes'], m, s);
  time.classList.toggle('over', left <= 0);
  time.classList.toggle('soon', left > 0 && left <= Number(time.dataset.soon));
  time.lastElementChild.textContent = say(left <= 0 ? texts.over : texts.left, span);
  return Math.abs(left) < 3600000;
}

function tick() {
  const near = [...document.querySelectorAll('time[data-due]')].map(draw).some(Boolean);
  setTimeout(tick, near && !document.hidden ? 1000 : 30000);
}

tick();
document.addEventListener('visibilitychange', () => document.hidden || document.querySelectorAll('time[data-due]').forEach(draw));
