const longestSide = 1920;

/**
 * Draws the photograph anew, at most 1,920 points long: place, time and device of the camera never leave this device, and a slow line
 * carries a tenth. What this browser cannot draw goes as it is; the server strips it again and refuses what is no picture.
 */
export async function shrinkImage(file: File): Promise<Blob> {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return await new Promise<Blob>((settle) => canvas.toBlob((made) => settle(made ?? file), 'image/jpeg', 0.85));
  } catch {
    return file;
  }
}

/** A picture as an address the content policy lets this page show. */
export const readAsAddress = (file: Blob): Promise<string> => new Promise((settle) => {
  const reader = new FileReader();
  reader.onload = () => settle(typeof reader.result === 'string' ? reader.result : '');
  reader.readAsDataURL(file);
});
