/// What `src/msm/vector` needs of the processor that the addon is built for.
const VECTOR_FEATURES: [&str; 3] = ["avx512f", "avx512dq", "avx512ifma"];

fn main() {
    #[cfg(feature = "node")]
    napi_build::setup();

    println!("cargo::rustc-check-cfg=cfg(vectors)");
    let features = std::env::var("CARGO_CFG_TARGET_FEATURE").unwrap_or_default();
    if VECTOR_FEATURES.iter().all(|wanted| features.split(',').any(|found| found == *wanted)) {
        println!("cargo::rustc-cfg=vectors");
    }
}
