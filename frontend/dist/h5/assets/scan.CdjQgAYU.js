function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./platform-camera.BS2xodHM.js","./index.C8IgOQw-.js","./index-DNsNTGj_.js","./index-C-SttWwb.css"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{ao as t}from"./index-DNsNTGj_.js";async function a(){let a;const{look:o}=await t(()=>import("./platform-camera.BS2xodHM.js"),__vite__mapDeps([0,1,2,3]),import.meta.url);return a=await o(),null==a?void 0:a.trim()}export{a as s};
