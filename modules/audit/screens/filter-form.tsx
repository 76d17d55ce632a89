import { entryKinds } from '#kernel/entry.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { DateInput } from '#web/kit/date-input.tsx';
import { Select, TextInput } from '#web/kit/field.tsx';
import type { FilterPart, FilterWords } from './filter.ts';
import type { Names } from './names.ts';

type FilterFormProps = { readonly words: FilterWords; readonly names: Names; readonly onWord: (part: FilterPart, word: string | undefined) => void; readonly onClear: () => void };

/** Each part narrows at once and stands in the address, so a link shows the same entries. */
export function FilterForm({ words, names, onWord, onClear }: FilterFormProps) {
  const any = { value: '', label: t('audit.filter.any') };
  const text = (part: 'action' | 'unit' | 'role' | 'actor' | 'target') => (
    <TextInput label={sayKey(`audit.filter.${part}`)} value={words[part] ?? ''} onText={(word) => onWord(part, word)} autoComplete="off" spellCheck={false} maxLength={160} />
  );
  return (
    <details className="noprint" open={Object.keys(words).length > 0}>
      <summary>{t('audit.filter.title')}</summary>
      <form className="grid3" onSubmit={(event) => event.preventDefault()}>
        <Select label={t('audit.filter.log')} value={words.log ?? ''} onChoose={(log) => onWord('log', log)} choices={[any, ...names.logs.map((code) => ({ value: code, label: names.log(code) }))]} />
        <DateInput label={t('audit.filter.from')} value={words.from} onDay={(day) => onWord('from', day)} />
        <DateInput label={t('audit.filter.until')} value={words.until} onDay={(day) => onWord('until', day)} />
        <Select label={t('audit.filter.kind')} value={words.kind ?? ''} onChoose={(kind) => onWord('kind', kind)} choices={[any, ...entryKinds.map((kind) => ({ value: kind, label: sayKey(`audit.kind.${kind}`) }))]} />
        {text('action')}{text('unit')}{text('role')}{text('actor')}{text('target')}
        <div className="row"><Button onClick={onClear}>{t('audit.filter.clear')}</Button></div>
      </form>
    </details>
  );
}
