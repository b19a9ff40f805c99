function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./platform-camera.DjjX4Ouk.js","./index.C8IgOQw-.js","./index-cDl4r7fL.js","./index-Cyj1oRXl.css"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{aq as t}from"./index-cDl4r7fL.js";async function a(){let a;const{look:o}=await t(()=>import("./platform-camera.DjjX4Ouk.js"),__vite__mapDeps([0,1,2,3]),import.meta.url);return a=await o(),null==a?void 0:a.trim()}export{a as s};
