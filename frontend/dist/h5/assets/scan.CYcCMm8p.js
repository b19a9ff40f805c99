function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./platform-camera.DH1NgK5G.js","./index.C8IgOQw-.js","./index-ks_J9RNn.js","./index-CbTtuu_V.css"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{ai as t}from"./index-ks_J9RNn.js";async function a(){let a;const{look:o}=await t(()=>import("./platform-camera.DH1NgK5G.js"),__vite__mapDeps([0,1,2,3]),import.meta.url);return a=await o(),null==a?void 0:a.trim()}export{a as s};
