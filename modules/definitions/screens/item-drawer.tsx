import { useState } from 'react';
import { t } from '#web/i18n/words.ts';
import { useQueryState } from '#web/place.ts';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { Drawer } from '#web/kit/dialog.tsx';
import { toast } from '#web/kit/toast.tsx';
import type { DataElement, Dictionary, Indicator } from '../schema.ts';
import { ElementText, IndicatorText, plainText } from './item-text.tsx';
import { inWords } from './words.ts';

/** One definition beside the list; its id stands in the address, so the link can be sent. */
export function ItemDrawer({ dictionary }: { readonly dictionary: Dictionary }) {
  const [query, setQuery] = useQueryState();
  const id = query.get('muc');
  const indicator = dictionary.indicators.find((one) => one.id === id);
  const element = indicator === undefined ? dictionary.elements.find((one) => one.id === id) : undefined;
  const item = indicator ?? element;
  if (item === undefined) return null;
  const close = (): void => setQuery({ muc: undefined });
  return (
    <Drawer open title={inWords(item.name)} onClose={close} footer={<Tools dictionary={dictionary} item={item} />}>
      {indicator !== undefined && <IndicatorText dictionary={dictionary} indicator={indicator} />}
      {element !== undefined && <ElementText dictionary={dictionary} element={element} />}
    </Drawer>
  );
}

function Tools({ dictionary, item }: { readonly dictionary: Dictionary; readonly item: Indicator | DataElement }) {
  const [failed, setFailed] = useState(false);
  const kind = 'numerator' in item ? 'indicator' : 'data-element';
  const copy = (): void => {
    navigator.clipboard.writeText(plainText(dictionary, item)).then(() => { setFailed(false); toast(t('definitions.copied')); }, () => setFailed(true));
  };
  return (
    <div className="row">
      <Button onClick={copy}>{t('definitions.copy')}</Button>
      <LinkButton to="/dinh-nghia" query={{ loai: kind, ma: item.id }}>{t('definitions.history')}</LinkButton>
      {kind === 'indicator' && <LinkButton to={`/chi-tieu/${item.id}`}>{t('definitions.see-figures')}</LinkButton>}
      {failed && <p role="alert" className="small c-bad">{t('definitions.copy-failed')}</p>}
    </div>
  );
}
