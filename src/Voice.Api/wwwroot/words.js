// A click on a term plays the audio from where it was said and marks its words.
export function connect() {
  const audio = document.querySelector('audio');
  document.querySelector('.terms')?.addEventListener('click', event => {
    const term = event.target.closest('[data-term]');
    if (!term) return;
    for (const mark of document.querySelectorAll('mark'))
      mark.classList.toggle('on', mark.dataset.terms.split(' ').includes(term.dataset.term));
    if (!audio || !term.dataset.at) return;
    audio.currentTime = Number(term.dataset.at);
    audio.play().catch(() => {}); // There may be no sound on this machine; the words are marked all the same.
  });
  const print = document.querySelector('[data-print]');
  if (print) {
    print.hidden = false;
    print.addEventListener('click', () => window.print());
  }
}
