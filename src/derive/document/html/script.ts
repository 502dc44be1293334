/**
 * What the page does when JavaScript runs: folds, keys, the meaning of a symbol, the theme. The page is whole without it.
 * It reads the page and writes no markup from text: what it shows beside a symbol is a copy of a row of the table.
 */
export const SCRIPT = `(() => {
  'use strict';
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (selector) => document.querySelector(selector);
  const stored = {
    get: (key) => { try { return localStorage.getItem('everymin-' + key); } catch { return null; } },
    set: (key, value) => { try { localStorage.setItem('everymin-' + key, value); } catch { /* a page without storage */ } },
  };

  const theme = stored.get('theme');
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
  const turn = () => {
    const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    root.dataset.theme = dark ? 'light' : 'dark';
    stored.set('theme', root.dataset.theme);
  };

  const folds = () => all('main details');
  const setAll = (open) => { for (const fold of folds()) fold.open = open; };
  let before = [];
  addEventListener('beforeprint', () => { before = folds().filter((fold) => !fold.open); setAll(true); });
  addEventListener('afterprint', () => { for (const fold of before) fold.open = false; before = []; });

  const reveal = (target) => {
    for (let fold = target.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true;
    const why = target.matches('.step, .hypothesis') ? target.querySelector(':scope > details') : null;
    if (why) why.open = true;
  };
  const focusOn = (element) => {
    if (!element.matches('.step, .hypothesis, .entry, .axiom, .erratum, main')) return;
    element.tabIndex = -1;
    element.focus({ preventScroll: true });
  };
  const visit = () => {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch { return; }
    const target = id ? document.getElementById(id) : null;
    if (!target) return;
    choose(null);
    reveal(target);
    target.scrollIntoView();
    focusOn(target);
  };

  let current = null;
  const choose = (step) => {
    if (current) current.classList.remove('current');
    current = step;
    root.classList.toggle('stepping', step !== null);
    if (step) step.classList.add('current');
  };
  const steps = () => all('li.step').filter((step) => !step.closest('details:not([open])'));
  const go = (by) => {
    const list = steps();
    if (list.length === 0) return;
    const here = current || document.getElementById(decodeURIComponent(location.hash.slice(1)));
    let at = list.indexOf(here);
    if (at < 0) {
      const below = list.findIndex((step) => step.getBoundingClientRect().top > 0);
      at = by > 0 ? (below < 0 ? list.length : below) - 1 : below < 0 ? list.length : below;
    }
    const step = list[Math.max(0, Math.min(list.length - 1, at + by))];
    choose(step);
    history.replaceState(null, '', '#' + step.id);
    focusOn(step);
    step.scrollIntoView({ block: 'nearest' });
  };
  const toggle = () => {
    const step = current || one('li.step:target');
    const fold = step && step.querySelector(':scope > details');
    if (fold) fold.open = !fold.open;
  };

  const tip = document.getElementById('meaning');
  let owner = null;
  let pinned = false;
  let leaving = 0;
  let place = 0;
  const hide = () => {
    clearTimeout(leaving);
    if (owner) { owner.removeAttribute('aria-describedby'); owner.classList.remove('told'); }
    owner = null;
    pinned = false;
    tip.hidden = true;
  };
  const copies = (nodes) => [...nodes].map((node) => node.cloneNode(true));
  // the meaning of a symbol, or the claim of the step that a link leads to
  const told = (element) => {
    if (element.dataset.s) {
      const entry = /^[\\da-z]+$/.test(element.dataset.s) ? one('[data-entry="' + element.dataset.s + '"]') : null;
      if (!entry) return [];
      const name = document.createElement('div');
      name.className = 'name';
      name.append(...copies(entry.querySelector('dt').childNodes));
      return [name, ...copies(entry.querySelector('dd').children)];
    }
    const target = document.getElementById(element.hash.slice(1));
    return target && target.matches('.step, .hypothesis') ? copies(all(':scope > .formula, :scope > .reason', target)) : [];
  };
  const show = (element, pin) => {
    const content = told(element);
    if (content.length === 0) return;
    hide();
    owner = element;
    pinned = pin;
    tip.replaceChildren(...content);
    tip.hidden = false;
    element.classList.add('told');
    if (element.matches('a')) element.setAttribute('aria-describedby', 'meaning');
    put();
  };
  const put = () => {
    const at = owner.getBoundingClientRect();
    place = at.top;
    const size = tip.getBoundingClientRect();
    const left = Math.max(8, Math.min(at.left + at.width / 2 - size.width / 2, root.clientWidth - size.width - 8));
    const below = at.bottom + 6;
    const top = below + size.height < innerHeight ? below : Math.max(8, at.top - size.height - 6);
    tip.style.left = left + 'px';
    tip.style.top = top + 'px';
  };
  const symbol = (event) => event.target.closest ? event.target.closest('[data-s], .inside a[href^="#"]') : null;
  const leave = () => { clearTimeout(leaving); leaving = setTimeout(hide, 180); };
  document.addEventListener('pointerover', (event) => {
    if (event.pointerType === 'touch') return;
    if (tip.contains(event.target)) { clearTimeout(leaving); return; }
    const element = symbol(event);
    if (element === owner && owner) clearTimeout(leaving);
    else if (element && !pinned) show(element, false);
    else if (owner && !pinned && owner !== document.activeElement) leave();
  });
  document.addEventListener('click', (event) => {
    const element = symbol(event);
    if (tip.contains(event.target)) return;
    if (element && !element.closest('a, summary')) show(element, true);
    else if (!element) hide();
  });
  document.addEventListener('focusin', (event) => { if (event.target.matches('.inside a')) show(event.target, false); });
  document.addEventListener('focusout', (event) => { if (event.target === owner) hide(); });
  addEventListener('scroll', () => {
    if (!owner || Math.abs(owner.getBoundingClientRect().top - place) < 4) return;
    if (pinned) put();
    else hide();
  }, { passive: true });

  // symbols of a claim as links, so that the keyboard reaches them where a step is unfolded
  document.addEventListener('toggle', (event) => {
    const fold = event.target;
    if (!fold.open || !fold.matches('.step > details, .hypothesis > details') || fold.querySelector('.used')) return;
    const claim = fold.parentElement.querySelector(':scope > .formula');
    const found = new Map((claim ? all('[data-s]', claim) : []).map((element) => [element.dataset.s, element]));
    if (found.size === 0) return;
    const label = document.createElement('dt');
    const list = document.createElement('dd');
    list.className = 'used';
    label.textContent = 'Symbols';
    for (const number of found.keys()) {
      const entry = one('[data-entry="' + number + '"]');
      if (!entry) continue;
      const link = document.createElement('a');
      link.className = 'symbol';
      link.href = '#' + entry.id;
      link.dataset.s = number;
      link.setAttribute('aria-label', entry.querySelector('dt').textContent.trim());
      link.append(...[...entry.querySelector('dt').childNodes].map((node) => node.cloneNode(true)));
      for (const inner of all('[data-s]', link)) inner.removeAttribute('data-s');
      list.append(link, ' ');
    }
    const inside = fold.querySelector(':scope > .inside');
    const facts = inside.querySelector(':scope > dl') || inside.appendChild(document.createElement('dl'));
    facts.append(label, list);
  }, true);

  // what scrolls sideways can be reached and moved with the keyboard
  const boxes = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth + 1) target.tabIndex = 0;
      else target.removeAttribute('tabindex');
    }
  });
  for (const box of all('.formula, .numbers, .matrix, .drawing, .entry dt, .fact > :last-child, .force>li>span')) boxes.observe(box);

  const keys = document.getElementById('keys');
  const on = document.getElementById('keys-on');
  on.checked = stored.get('keys') !== 'off';
  on.addEventListener('change', () => stored.set('keys', on.checked ? 'on' : 'off'));
  const actions = {
    unfold: () => setAll(true),
    fold: () => setAll(false),
    theme: turn,
    help: () => { hide(); keys.showModal(); },
    'close-help': () => keys.close(),
  };
  for (const button of all('button[data-action]')) button.addEventListener('click', actions[button.dataset.action]);
  one('.toolbar').hidden = false;
  const pressed = {
    j: () => go(1), ArrowRight: () => go(1), k: () => go(-1), ArrowLeft: () => go(-1),
    o: toggle, u: () => setAll(true), f: () => setAll(false), '?': () => actions.help(),
  };
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape') { hide(); return; }
    if (!on.checked || keys.open || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest && event.target.closest('input, textarea, select, [tabindex="0"]')) return;
    const act = Object.hasOwn(pressed, event.key) ? pressed[event.key] : null;
    if (!act) return;
    event.preventDefault();
    act();
  });

  addEventListener('hashchange', visit);
  document.addEventListener('click', (event) => {
    const link = event.target.closest ? event.target.closest('a[href^="#"]') : null;
    if (link && link.hash === location.hash) visit();
  });
  visit();
})();
`;

/** Of SCRIPT, for the policy of the page; a test computes it again. */
export const SCRIPT_HASH = 'sha256-p2prsS5H8yDkjNNDxLOy4Zd+gBAM99PzVsfXshY8scs=';
