function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./platform-camera.Cmc7ZsFv.js","./index.C8IgOQw-.js","./index-BoGe1MMB.js","./index-D7rBsZ8c.css"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{ar as t}from"./index-BoGe1MMB.js";async function a(){let a;const{look:r}=await t(()=>import("./platform-camera.Cmc7ZsFv.js"),__vite__mapDeps([0,1,2,3]),import.meta.url);return a=await r(),null==a?void 0:a.trim()}export{a as s};
