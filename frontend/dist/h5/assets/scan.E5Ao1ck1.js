function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./platform-camera.B6K8O1Q5.js","./index.C8IgOQw-.js","./index-6Lb_WRFR.js","./index-Boeij2UB.css"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{aA as t}from"./index-6Lb_WRFR.js";async function a(){let a;const{look:o}=await t(()=>import("./platform-camera.B6K8O1Q5.js"),__vite__mapDeps([0,1,2,3]),import.meta.url);return a=await o(),null==a?void 0:a.trim()}export{a as s};
