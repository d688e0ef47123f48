(() => {
  'use strict';
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const form = document.querySelector('form.tools');
  const output = form.querySelector('output');
  const nothing = document.querySelector('.nothing');
  const cards = all('.finding').map(element => {
    const report = element.closest('.report');
    const [, kind] = element.classList;
    const rule = element.querySelector('.rule').textContent;
    const { file, organ = report.querySelector('h2').textContent } = report.dataset;
    return { element, report, kind, rule, file, organ };
  });
  const tiles = all('.tile');
  const bars = all('.bar');
  const chosen = { kinds: new Set(), organ: '' };

  const fill = (select, values) => {
    for (const [value, label] of [...values].sort((a, b) => a[1].localeCompare(b[1], document.documentElement.lang)))
      select.append(new Option(label, value));
  };
  fill(form.file, new Map(cards.map(card => [card.file, card.file])));

  // A law is written out where it is quoted first; elsewhere it is put in before anyone looks.
  const laws = new Map();
  for (const basis of all('.basis'))
    if (basis.querySelector('ul')) laws.set(basis.dataset.law, basis.querySelector('ul'));
  const quote = element => {
    const hint = element.querySelector('.basis p');
    if (hint) hint.replaceWith(laws.get(hint.parentElement.dataset.law).cloneNode(true));
  };
  const near = new IntersectionObserver(entries => {
    for (const { isIntersecting, target } of entries)
      if (isIntersecting) { quote(target); near.unobserve(target); }
  }, { rootMargin: '800px' });
  for (const { element } of cards) if (element.querySelector('.basis p')) near.observe(element);
  const law = element => laws.get(element.querySelector('.basis')?.dataset.law)?.textContent ?? '';

  const words = card => card.words ??= `${card.element.textContent} ${law(card.element)} ${card.organ} ${card.file}`.toLowerCase();

  const apply = () => {
    const asked = form.q.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    const alive = new Set();
    for (const card of cards) {
      const fits = (chosen.kinds.size === 0 || chosen.kinds.has(card.kind))
        && (!form.rule.value || card.rule === form.rule.value)
        && (!form.file.value || card.file === form.file.value)
        && (!chosen.organ || card.organ === chosen.organ)
        && asked.every(word => words(card).includes(word));
      card.element.hidden = !fits;
      if (fits) { shown += 1; alive.add(card.report); }
    }
    for (const report of all('.report')) report.hidden = !alive.has(report);
    for (const tile of tiles) tile.setAttribute('aria-pressed', chosen.kinds.has(tile.dataset.kind));
    for (const bar of bars) {
      const value = bar.dataset.filter === 'rule' ? form.rule.value : chosen.organ;
      bar.setAttribute('aria-pressed', value === bar.dataset.value);
    }
    let count = 0;
    output.textContent = output.dataset.shown.replace(/\{\}/g, () => [shown, cards.length][count++]);
    const filtered = chosen.kinds.size > 0 || asked.length > 0 || form.rule.value || form.file.value || chosen.organ;
    document.documentElement.classList.toggle('filtered', Boolean(filtered));
    nothing.hidden = shown > 0 || cards.length === 0;
    remember();
  };

  // The filters stand in the address, so that a filtered page can be passed on.
  const remember = () => {
    const state = new URLSearchParams();
    for (const kind of chosen.kinds) state.append('level', kind);
    for (const [key, value] of [['rule', form.rule.value], ['file', form.file.value], ['organ', chosen.organ], ['q', form.q.value]])
      if (value) state.set(key, value);
    try { history.replaceState(null, '', state.size ? `#${state}` : location.pathname + location.search); } catch { /* an opened copy without an address */ }
  };
  const recall = () => {
    const state = new URLSearchParams(location.hash.slice(1));
    chosen.kinds = new Set(state.getAll('level'));
    chosen.organ = state.get('organ') ?? '';
    for (const key of ['rule', 'file', 'q']) form[key].value = state.get(key) ?? '';
  };

  for (const tile of tiles) tile.addEventListener('click', () => {
    const { kind } = tile.dataset;
    if (!chosen.kinds.delete(kind)) chosen.kinds.add(kind);
    apply();
  });
  for (const bar of bars) bar.addEventListener('click', () => {
    const { filter, value } = bar.dataset;
    if (filter === 'rule') form.rule.value = form.rule.value === value ? '' : value;
    else chosen.organ = chosen.organ === value ? '' : value;
    apply();
  });
  let waiting;
  form.q.addEventListener('input', () => { clearTimeout(waiting); waiting = setTimeout(apply, 120); });
  for (const select of [form.rule, form.file]) select.addEventListener('change', apply);
  form.addEventListener('submit', event => event.preventDefault());
  form.addEventListener('reset', () => { chosen.kinds.clear(); chosen.organ = ''; setTimeout(apply); });
  addEventListener('hashchange', () => { recall(); apply(); });
  addEventListener('beforeprint', () => {
    for (const { element } of cards) if (!element.hidden) quote(element);
    for (const one of all('details')) one.open = true;
  });
  document.documentElement.classList.add('js');
  recall();
  apply();
})();
