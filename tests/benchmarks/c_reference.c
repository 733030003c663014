/* One epoch of training as a C programmer would write it for one network: sizes known when compiling, loops
 * that the compiler unrolls and vectorises, nothing kept and nothing checked.
 *
 * Compiled once a network, with its sizes: -DDEPTH=3 -DSIZES=2,4,2,1 -DWIDEST=4 (all columns but the inputs),
 * and -DRELU_SOFTMAX for hidden ReLU, softmax and cross-entropy instead of tanh and half the squared error.
 * A layer's parameters are W (inputs, units), then b (units,).
 */
#include <math.h>
#include <string.h>

static const int sizes[] = {SIZES};

#ifdef RELU_SOFTMAX
static inline double activation(double z) { return z > 0.0 ? z : 0.0; }
static inline double slope(double a) { return a > 0.0 ? 1.0 : 0.0; }
#else
static inline double activation(double z) { return tanh(z); }
static inline double slope(double a) { return 1.0 - a * a; }
#endif

static inline void forward(const double *restrict w, const double *restrict in, double *restrict out,
                           int inputs, int units) {
    for (int j = 0; j < units; j++) out[j] = w[inputs * units + j];
    for (int i = 0; i < inputs; i++)
        for (int j = 0; j < units; j++) out[j] += in[i] * w[i * units + j];
}

#ifdef RELU_SOFTMAX
static inline void softmax(double *restrict a, int units) {
    double top = a[0], sum = 0.0;
    for (int j = 1; j < units; j++) top = a[j] > top ? a[j] : top;
    for (int j = 0; j < units; j++) sum += a[j] = exp(a[j] - top);
    for (int j = 0; j < units; j++) a[j] /= sum;
}
#endif

static inline void collect(double *restrict g, const double *restrict in, const double *restrict e, int inputs,
                           int units) {
    for (int i = 0; i < inputs; i++)
        for (int j = 0; j < units; j++) g[i * units + j] += in[i] * e[j];
    for (int j = 0; j < units; j++) g[inputs * units + j] += e[j];
}

static inline void pull(const double *restrict w, const double *restrict above, const double *restrict a,
                        double *restrict e, int inputs, int units) {
    for (int i = 0; i < inputs; i++) {
        double sum = 0.0;
        for (int j = 0; j < units; j++) sum += w[i * units + j] * above[j];
        e[i] = sum * slope(a[i]);
    }
}

static inline void learn_from(const double *restrict w, double *restrict g, const double *x, const double *y) {
    double a[DEPTH][WIDEST], e[DEPTH][WIDEST];
    int at[DEPTH], next = 0;
#pragma GCC unroll 8
    for (int k = 0; k < DEPTH; k++) {
        at[k] = next;
        next += (sizes[k] + 1) * sizes[k + 1];
        forward(w + at[k], k ? a[k - 1] : x, a[k], sizes[k], sizes[k + 1]);
#ifdef RELU_SOFTMAX
        if (k == DEPTH - 1) {
            softmax(a[k], sizes[k + 1]);
            continue;
        }
#endif
        for (int j = 0; j < sizes[k + 1]; j++) a[k][j] = activation(a[k][j]);
    }
    for (int j = 0; j < sizes[DEPTH]; j++) {
        const double yhat = a[DEPTH - 1][j];
#ifdef RELU_SOFTMAX
        e[DEPTH - 1][j] = yhat - y[j];
#else
        e[DEPTH - 1][j] = (yhat - y[j]) * slope(yhat);
#endif
    }
#pragma GCC unroll 8
    for (int k = DEPTH - 1; k >= 0; k--) {
        collect(g + at[k], k ? a[k - 1] : x, e[k], sizes[k], sizes[k + 1]);
        if (k) pull(w + at[k], e[k], a[k - 1], e[k - 1], sizes[k], sizes[k + 1]);
    }
}

/* Trains through `order` once, in batches; g has room for as many numbers as w. */
void epoch(double *restrict w, double *restrict g, int numbers, const double *x, const double *y,
           const long long *order, int count, int batch, double rate) {
    for (int first = 0; first < count; first += batch) {
        const int n = count - first < batch ? count - first : batch;
        memset(g, 0, numbers * sizeof(double));
        for (int k = first; k < first + n; k++)
            learn_from(w, g, x + order[k] * sizes[0], y + order[k] * sizes[DEPTH]);
        for (int k = 0; k < numbers; k++) w[k] -= rate / n * g[k];
    }
}
