// Keeps the page of a job fresh: asks how far it is each second, and loads the page anew when it is over.
export function start(part) {
  const label = part.querySelector("[data-label]"), words = part.querySelector("[data-words]");
  const bar = part.querySelector("progress");
  const show = (element, text) => { if (element.textContent !== text) element.textContent = text; };
  const ask = async () => {
    try {
      const answer = await fetch(part.dataset.href, { headers: { Accept: "application/json" } });
      if (!answer.ok || answer.redirected) return location.reload();
      const job = await answer.json();
      if (job.over) return location.reload();
      show(label, job.label);
      show(words, job.words);
      if (job.of) Object.assign(bar, { max: job.of, value: job.done });
    } catch {
      // The network is away for a moment: ask again.
    }
    setTimeout(ask, 1000);
  };
  setTimeout(ask, 1000);
}
