export const boardPath = '/diem-nong';
export const recordPath = '/diem-nong/moi';
export const checksPath = '/diem-nong/kiem-tra';
export const importPath = '/diem-nong/nhap';
export const figuresPath = '/diem-nong/so-lieu';
export const placePath = ({ province, id }: { readonly province: string; readonly id: string }): string => `/diem-nong/${province}/${id}`;
