// Gradient descent on sufficient statistics with Eigen; sizes fixed at compile time for the first
// workload, dynamic for the others. Records go to arrays that are touched before.
#include <Eigen/Dense>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

template <int K, int D, int H>
static int run(int k, int d, int h, long T, double rate, double fit_loss, const std::string &folder,
               bool records, int repeats) {
  using Eigen::Matrix;
  using Eigen::RowMajor;
  typedef Matrix<double, K, D, (D == 1 ? Eigen::ColMajor : RowMajor)> KD;
  typedef Matrix<double, H, D, RowMajor> HD;
  typedef Matrix<double, K, H, RowMajor> KH;
  typedef Matrix<double, D, D, RowMajor> DD;
  auto fill = [&](const char *name, auto &m) {
    std::ifstream(folder + "/" + name + ".f64", std::ios::binary)
        .read((char *)m.data(), (std::streamsize)(sizeof(double) * (size_t)m.size()));
  };
  DD XX(d, d), G(d, d);
  KD fit(k, d), B(k, d);
  HD start1(h, d);
  KH start2(k, h);
  fill("xx", XX), fill("test", G), fill("fit", fit), fill("teacher", B);
  fill("w1", start1), fill("w2", start2);
  const size_t rows = records ? (size_t)T : 1, size = (size_t)k * (size_t)d;
  std::vector<double> loss(rows), risk(rows), product(rows * size), errors(rows * size);
  double sums[4] = {0, 0, 0, 0};
  std::printf("{\"seconds\": [");
  for (int r = 0; r < repeats; r++) {
    HD W1 = start1, D1(h, d);
    KH W2 = start2, D2(k, h);
    KD P(k, d), E(k, d), M(k, d), gap(k, d), GG(k, d);
    auto begin = std::chrono::steady_clock::now();
    for (long t = 0; t < T; t++) {
      P.noalias() = W2 * W1;
      E = P - fit;
      M.noalias() = E * XX;
      if (records) {
        loss[t] = fit_loss + E.cwiseProduct(M).sum();
        gap = P - B;
        GG.noalias() = gap * G;
        risk[t] = gap.cwiseProduct(GG).sum();
        Eigen::Map<KD>(&product[(size_t)t * size], k, d) = P;
        Eigen::Map<KD>(&errors[(size_t)t * size], k, d) = gap.cwiseAbs2();
      }
      D1.noalias() = W2.transpose() * M;
      D2.noalias() = M * W1.transpose();
      W1 -= rate * D1;
      W2 -= rate * D2;
    }
    double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    std::printf("%s%.9g", r ? ", " : "", seconds);
    for (double &sum : sums) sum = 0;
    if (records) {
      for (double v : loss) sums[0] += v;
      for (double v : risk) sums[1] += v;
      for (double v : product) sums[2] += v;
      for (double v : errors) sums[3] += v;
    } else {
      P.noalias() = W2 * W1;
      E = P - fit, gap = P - B;
      M.noalias() = E * XX, GG.noalias() = gap * G;
      sums[0] = fit_loss + E.cwiseProduct(M).sum(), sums[1] = gap.cwiseProduct(GG).sum();
      sums[2] = P.sum();
    }
  }
  std::printf("], \"sums\": [%.17g, %.17g, %.17g", sums[0], sums[1], sums[2]);
  if (records) std::printf(", %.17g", sums[3]);
  std::printf("]}\n");
  return 0;
}

int main(int count, char **words) {
  if (count != 4) return 2;
  std::string folder = words[1];
  int d, k, h;
  long T;
  double rate, fit_loss;
  std::ifstream(folder + "/sizes.txt") >> d >> k >> h >> T >> rate >> fit_loss;
  bool records = std::string(words[2]) == "record";
  int repeats = std::stoi(words[3]);
  if (d == 2 && k == 2 && h == 50)
    return run<2, 2, 50>(k, d, h, T, rate, fit_loss, folder, records, repeats);
  if (d == 50 && k == 2 && h == 50)
    return run<2, 50, 50>(k, d, h, T, rate, fit_loss, folder, records, repeats);
  return run<Eigen::Dynamic, Eigen::Dynamic, Eigen::Dynamic>(
      k, d, h, T, rate, fit_loss, folder, records, repeats);
}
