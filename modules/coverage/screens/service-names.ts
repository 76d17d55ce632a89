import { sayKey } from '#web/i18n/words.ts';
import { services } from '../schema.ts';

export const serviceNames = (): readonly string[] => services.map((service) => sayKey(`coverage.service.${service}`));
