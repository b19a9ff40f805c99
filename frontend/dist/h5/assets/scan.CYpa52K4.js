function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./platform-camera.CpjhgW5R.js","./index.C8IgOQw-.js","./index--63rUDwG.js","./index-D7rBsZ8c.css"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{as as t}from"./index--63rUDwG.js";async function a(){let a;const{look:o}=await t(()=>import("./platform-camera.CpjhgW5R.js"),__vite__mapDeps([0,1,2,3]),import.meta.url);return a=await o(),null==a?void 0:a.trim()}export{a as s};
