function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./platform-camera.Cd0vfb-4.js","./index.C8IgOQw-.js","./index-HrT4nyjj.js","./index-Boeij2UB.css"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{aw as t}from"./index-HrT4nyjj.js";async function a(){let a;const{look:r}=await t(()=>import("./platform-camera.Cd0vfb-4.js"),__vite__mapDeps([0,1,2,3]),import.meta.url);return a=await r(),null==a?void 0:a.trim()}export{a as s};
