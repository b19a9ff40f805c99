function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./platform-camera.BUnywsgS.js","./index.C8IgOQw-.js","./index-BIqeSKE3.js","./index-B0lQqBjS.css"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{ah as t}from"./index-BIqeSKE3.js";async function a(){let a;const{look:o}=await t(()=>import("./platform-camera.BUnywsgS.js"),__vite__mapDeps([0,1,2,3]),import.meta.url);return a=await o(),null==a?void 0:a.trim()}export{a as s};
