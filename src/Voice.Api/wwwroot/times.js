// Times in the reader's own zone, with UTC behind them.
const language = document.documentElement.lang;
const shapes = {
  moment: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  clock: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
};
const formats = Object.fromEntries(Object.entries(shapes).map(([name, shape]) =>
  [name, new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { ...shape, hourCycle: 'h23' })]));

export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

export function localize(root) {
  for (const time of root.querySelectorAll('time:not([title])')) {
    time.title = `${time.dateTime.replace('T', ' ').replace(/\.\d+Z/, '')} UTC`;
    time.textContent = formats[time.dataset.form].format(new Date(time.dateTime));
  }
}
