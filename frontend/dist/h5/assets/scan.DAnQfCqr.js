function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./platform-camera.DNNzCOjY.js","./index.C8IgOQw-.js","./index-B6FEVg3I.js","./index-Boeij2UB.css"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{aB as t}from"./index-B6FEVg3I.js";async function a(){let a;const{look:o}=await t(()=>import("./platform-camera.DNNzCOjY.js"),__vite__mapDeps([0,1,2,3]),import.meta.url);return a=await o(),null==a?void 0:a.trim()}export{a as s};
