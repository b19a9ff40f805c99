function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./platform-camera.3yV9rYac.js","./index.C8IgOQw-.js","./index-DELEsBpo.js","./index-Cyj1oRXl.css"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{aq as t}from"./index-DELEsBpo.js";async function a(){let a;const{look:o}=await t(()=>import("./platform-camera.3yV9rYac.js"),__vite__mapDeps([0,1,2,3]),import.meta.url);return a=await o(),null==a?void 0:a.trim()}export{a as s};
