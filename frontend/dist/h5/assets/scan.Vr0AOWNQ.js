function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./platform-camera.CP8Frevq.js","./index.C8IgOQw-.js","./index-Bk50Nyvu.js","./index-Cyj1oRXl.css"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{aq as t}from"./index-Bk50Nyvu.js";async function a(){let a;const{look:o}=await t(()=>import("./platform-camera.CP8Frevq.js"),__vite__mapDeps([0,1,2,3]),import.meta.url);return a=await o(),null==a?void 0:a.trim()}export{a as s};
