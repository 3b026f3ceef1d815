// Whether WebGL is drawn by the processor, by the name that the renderer gives itself.

/** What browsers call WebGL that the processor does, by names of Mesa, Chromium's SwiftShader, and Windows. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|microsoft basic|apple software/i;

export const isSoftware = (name: string): boolean => SOFTWARE.test(name);
