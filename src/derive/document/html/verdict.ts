/** What the instance says of the result: the verdict, its figures, what was checked, what breaks. */
import type { VerdictBlock } from '../model.ts';
import type { Context } from './context.ts';
import { h, join, type Markup, nothing, t, text } from './markup.ts';
import { breakable } from './numbers.ts';
import { statusBadge } from './status.ts';

export function verdictSection(context: Context, verdict: VerdictBlock): Markup {
  return h(
    'section',
    { id: 'verdict', class: `verdict ${verdict.verdict}`, 'aria-labelledby': 'verdict-title' },
    context.heading(2, { id: 'verdict-title' }, text('Verdict on this instance ')),
    h('p', { class: 'says' }, statusBadge(verdict.verdict, verdict.tier)),
    h('p', { class: 'meaning' }, context.prose(verdict.meaning)),
    figures(context, verdict),
    broken(context, verdict),
    obligations(context, verdict),
  );
}

function figures(context: Context, { figures: list }: VerdictBlock): Markup {
  if (list.length === 0) return nothing;
  return h(
    'dl',
    { class: 'figures' },
    ...list.map(({ name, label, value }) =>
      h(
        'div',
        { class: isSentence(value) ? 'wordy' : null },
        h(
          'dt',
          {},
          name === null ? text(label) : join([context.math(name), t('span', { class: 'label' }, label)], ' '),
        ),
        h('dd', { class: 'value' }, isSentence(value) ? context.words(value) : breakable(value)),
      ),
    ),
  );
}

const isSentence = (value: string): boolean => value.length > 24 && / .* .* /.test(value);

function broken(context: Context, { broken: what }: VerdictBlock): Markup {
  if (what === null) return nothing;
  const { document } = context;
  const steps = [...document.steps, ...document.parts.flatMap((part) => part.steps)];
  const anchors = new Map(steps.map(({ id, anchor }) => [id, anchor]));
  const link = (id: string): Markup => context.link(anchors.get(id) ?? context.anchorOf(id), id);
  const names = what.hypotheses.map((id) => {
    const hypothesis = document.hypotheses.find((one) => one.id === id);
    return context.link(hypothesis?.anchor ?? null, hypothesis?.name || id);
  });
  const sentence = (before: string, ids: readonly Markup[], after: string): Markup =>
    ids.length === 0 ? nothing : h('p', {}, text(before), join(ids, ', '), text(after));
  return h(
    'div',
    { class: 'breakage', role: 'note', 'aria-label': 'What breaks' },
    sentence('On this instance this hypothesis fails: ', names, '.'),
    sentence('The first line that breaks is ', what.first === null ? [] : [link(what.first)], '.'),
    sentence(
      'The first claim that is false in numbers is ',
      what.firstFalse === null ? [] : [link(what.firstFalse)],
      '.',
    ),
    sentence('Resting on what fails: ', what.rests.map(link), '.'),
  );
}

function obligations(context: Context, { obligations: list }: VerdictBlock): Markup {
  if (list.length === 0) return nothing;
  return h(
    'details',
    { class: 'obligations' },
    t('summary', {}, `What was checked (${list.length})`),
    h(
      'ul',
      {},
      ...list.map(({ id, status, tier, detail }) =>
        h(
          'li',
          {},
          h('p', { class: 'name' }, t('code', {}, id), statusBadge(status, tier)),
          h('p', { class: 'detail' }, context.words(detail)),
        ),
      ),
    ),
  );
}
