// The native half of SystemTorch: a C interface over libtorch's dispatcher, plus what is no operator.
// SystemTorch.csproj compiles it. By hand, with T the folder of a libtorch (an unpacked libtorch, or site-packages/torch; /usr for Debian's):
//   g++ -O2 -std=c++17 -fPIC -shared -I$T/include -I$T/include/torch/csrc/api/include -o libsystemtorch.so systemtorch.cpp
//       -L$T/lib -Wl,-rpath,$T/lib -Wl,--no-as-needed -ltorch -ltorch_cpu -lc10        (with CUDA also: -ltorch_cuda -lc10_cuda)
// and -D_GLIBCXX_USE_CXX11_ABI=0 for a pip torch older than 2.6.
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/NamedTensorUtils.h>
#include <ATen/Parallel.h>
#include <ATen/core/Tensor.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <ATen/ops/from_blob.h>
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <c10/core/impl/DeviceGuardImplInterface.h>
#include <torch/csrc/autograd/anomaly_mode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/version.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <mutex>
#include <string>
#include <type_traits>
#include <vector>

#define API extern "C" __attribute__((visibility("default")))

namespace {

using torch::autograd::variable_list;

// c10::optional became std::optional on the way: take whichever this libtorch uses.
using OptionalTensor = std::decay_t<decltype(std::declval<c10::IValue>().toOptional<at::Tensor>())>;
using OptionalNames = std::decay_t<decltype(at::impl::get_opt_names(nullptr))>;

// Mirrors NativeArg and NativeTag in C#: 16 bytes; lists are a pointer and a count, doubles their bits.
enum Tag : int32_t {
  kNone, kTensor, kInt, kDouble, kBool, kIntList, kTensorList, kOptionalTensorList, kDoubleList, kString, kComplex, kDevice, kGenerator, kDefault
};

struct Value {
  int32_t tag;
  int32_t count;
  int64_t bits;
};

struct Operator {
  c10::OperatorHandle handle;
  std::vector<c10::IValue> defaults;
  std::vector<bool> required;
  std::vector<bool> floating;
};

std::atomic<int64_t> live_handles{0};
thread_local std::string last_error;

at::Tensor* wrap(at::Tensor tensor) {
  if (!tensor.defined()) return nullptr;
  live_handles.fetch_add(1, std::memory_order_relaxed);
  return new at::Tensor(std::move(tensor));
}

template <class T> const T* data_of(const Value& v) { return reinterpret_cast<const T*>(v.bits); }

at::Tensor tensor_at(void* const* handles, int64_t i) {
  return handles[i] ? *static_cast<at::Tensor*>(handles[i]) : at::Tensor();
}

variable_list tensor_list(void* const* handles, int64_t count) {
  variable_list list;
  list.reserve(count);
  for (int64_t i = 0; i < count; i++) list.push_back(tensor_at(handles, i));
  return list;
}

// Runs f; a C++ exception becomes last_error (its message alone, without the C++ stack) and the fallback value.
template <class R, class F> R guarded(R fallback, F&& f) {
  try {
    return f();
  } catch (const c10::Error& e) {
    last_error = e.what_without_backtrace();
  } catch (const std::exception& e) {
    last_error = e.what();
  } catch (...) {
    last_error = "libtorch threw something that is not a std::exception";
  }
  if (last_error.empty()) last_error = "libtorch failed without a message";
  return fallback;
}

void push(torch::jit::Stack& stack, const Operator& op, const Value& v) {
  const size_t position = stack.size();
  switch (v.tag) {
    case kNone: stack.emplace_back(); break;
    case kTensor: stack.emplace_back(*data_of<at::Tensor>(v)); break;
    case kInt:
      if (op.floating[position]) stack.emplace_back(static_cast<double>(v.bits));
      else stack.emplace_back(v.bits);
      break;
    case kDouble: {
      double d;
      std::memcpy(&d, &v.bits, sizeof d);
      stack.emplace_back(d);
      break;
    }
    case kBool: stack.emplace_back(v.bits != 0); break;
    case kIntList: stack.emplace_back(c10::IntArrayRef(data_of<int64_t>(v), v.count)); break;
    case kDoubleList: stack.emplace_back(c10::ArrayRef<double>(data_of<double>(v), v.count)); break;
    case kTensorList: {
      c10::List<at::Tensor> list;
      list.reserve(v.count);
      for (int32_t i = 0; i < v.count; i++) list.push_back(tensor_at(data_of<void*>(v), i));
      stack.emplace_back(std::move(list));
      break;
    }
    case kOptionalTensorList: {
      c10::List<OptionalTensor> list;
      list.reserve(v.count);
      for (int32_t i = 0; i < v.count; i++) {
        at::Tensor t = tensor_at(data_of<void*>(v), i);
        list.push_back(t.defined() ? OptionalTensor(std::move(t)) : OptionalTensor());
      }
      stack.emplace_back(std::move(list));
      break;
    }
    case kString: stack.emplace_back(std::string(data_of<char>(v), v.count)); break;
    case kComplex: stack.emplace_back(c10::complex<double>(data_of<double>(v)[0], data_of<double>(v)[1])); break;
    case kDevice: stack.emplace_back(c10::Device(static_cast<c10::DeviceType>(v.count), static_cast<c10::DeviceIndex>(v.bits))); break;
    case kGenerator: stack.emplace_back(*data_of<at::Generator>(v)); break;
    case kDefault:
      TORCH_CHECK(!op.required[position], "argument ", position, " has no default value");
      stack.push_back(op.defaults[position]);
      break;
    default: TORCH_CHECK(false, "unknown argument tag ", v.tag);
  }
}

// One stack per thread saves an allocation per call; a call made inside another one (from a managed backward) gets its own.
struct StackLease {
  static thread_local torch::jit::Stack shared;
  static thread_local bool taken;
  torch::jit::Stack own;
  torch::jit::Stack& stack;
  bool borrowed;
  StackLease() : stack(taken ? own : shared), borrowed(!taken) { if (borrowed) { taken = true; } }
  ~StackLease() { if (borrowed) { shared.clear(); taken = false; } }
};
thread_local torch::jit::Stack StackLease::shared;
thread_local bool StackLease::taken = false;

void run(const Operator& op, const Value* args, int32_t count, torch::jit::Stack& stack) {
  const auto name = [&] { return c10::toString(op.handle.operator_name()); };
  TORCH_CHECK(static_cast<size_t>(count) <= op.required.size(), name(), " takes ", op.required.size(), " arguments in this libtorch, got ", count);
  for (int32_t i = 0; i < count; i++) push(stack, op, args[i]);
  for (size_t i = count; i < op.required.size(); i++) {
    TORCH_CHECK(!op.required[i], name(), ": argument ", i, " is missing and has no default value");
    stack.push_back(op.defaults[i]);
  }
  op.handle.callBoxed(&stack);
}

void** release_list(const std::vector<at::Tensor>& list) {
  void** handles = new void*[list.size()];
  for (size_t i = 0; i < list.size(); i++) handles[i] = wrap(list[i]);
  return handles;
}

Value release(const c10::IValue& value) {
  Value r{kNone, 0, 0};
  if (value.isTensor()) {
    r = {kTensor, 0, reinterpret_cast<int64_t>(wrap(value.toTensor()))};
  } else if (value.isInt()) {
    r = {kInt, 0, value.toInt()};
  } else if (value.isBool()) {
    r = {kBool, 0, value.toBool()};
  } else if (value.isDouble()) {
    const double d = value.toDouble();
    r.tag = kDouble;
    std::memcpy(&r.bits, &d, sizeof d);
  } else if (value.isTensorList()) {
    const auto list = value.toTensorVector();
    r = {kTensorList, static_cast<int32_t>(list.size()), reinterpret_cast<int64_t>(release_list(list))};
  } else {
    TORCH_CHECK(value.isNone(), "an operator returned a value of type ", value.tagKind(), ", which has no managed form");
  }
  return r;
}

// The managed half of a custom autograd function; forward and backward give 0, or 1 after st_set_error.
struct Callbacks {
  int32_t (*forward)(void* state, void* context, variable_list* outputs);
  int32_t (*backward)(void* state, void* context, void** grads, int32_t count, variable_list* results);
  void (*release)(void* state);
};

// Lives in the saved data of the autograd node, so that the managed state lives exactly as long as the graph needs it.
struct ManagedState : torch::CustomClassHolder {
  Callbacks callbacks;
  void* managed;
  ManagedState(Callbacks c, void* m) : callbacks(c), managed(m) {}
  ~ManagedState() override { callbacks.release(managed); }
};

void throw_if(int32_t failed) {
  if (!failed) return;
  std::string message;
  message.swap(last_error);
  throw std::runtime_error(message);
}

struct ManagedFunction : torch::autograd::Function<ManagedFunction> {
  static variable_list forward(torch::autograd::AutogradContext* ctx, at::TensorList, c10::intrusive_ptr<ManagedState> state) {
    ctx->saved_data["managed"] = c10::IValue::make_capsule(state);
    variable_list outputs;
    throw_if(state->callbacks.forward(state->managed, ctx, &outputs));
    return outputs;
  }

  static variable_list backward(torch::autograd::AutogradContext* ctx, variable_list grads) {
    const auto capsule = ctx->saved_data["managed"].toCapsule();
    const auto* state = static_cast<ManagedState*>(capsule.get());
    std::vector<void*> handles;
    for (const auto& grad : grads) handles.push_back(wrap(grad));
    variable_list results;
    throw_if(state->callbacks.backward(state->managed, ctx, handles.data(), static_cast<int32_t>(handles.size()), &results));
    results.emplace_back();  // the state was an argument of forward too
    return results;
  }
};

at::Tensor& as_tensor(void* handle) { return *static_cast<at::Tensor*>(handle); }
at::Generator& as_generator(void* handle) { return *static_cast<at::Generator*>(handle); }
torch::autograd::AutogradContext& as_context(void* handle) { return *static_cast<torch::autograd::AutogradContext*>(handle); }

}  // namespace

// ---- errors, operators, calls

API const char* st_error() { return last_error.c_str(); }
API void st_set_error(const char* message) { last_error = message; }
API void st_clear_error() { last_error.clear(); }
API const char* st_version() { return TORCH_VERSION; }

API void* st_find(const char* name, const char* overload) {
  return guarded<void*>(nullptr, [&]() -> void* {
    const auto handle = c10::Dispatcher::singleton().findSchema({name, overload});
    if (!handle) return nullptr;
    auto* op = new Operator{*handle, {}, {}, {}};
    for (const auto& argument : handle->schema().arguments()) {
      op->required.push_back(!argument.default_value().has_value());
      op->defaults.push_back(argument.default_value() ? *argument.default_value() : c10::IValue());
      auto type = argument.type();
      if (const auto optional = type->cast<c10::OptionalType>()) type = optional->getElementType();
      op->floating.push_back(type->kind() == c10::TypeKind::FloatType);
    }
    return op;
  });
}

// The first value returned, which must be a tensor: nullptr when undefined, and then st_error() is empty.
API void* st_call_tensor(const Operator* op, const Value* args, int32_t count) {
  return guarded<void*>(nullptr, [&]() -> void* {
    StackLease lease;
    run(*op, args, count, lease.stack);
    return wrap(std::move(lease.stack.front()).toTensor());
  });
}

API int32_t st_call_void(const Operator* op, const Value* args, int32_t count) {
  return guarded(1, [&] {
    StackLease lease;
    run(*op, args, count, lease.stack);
    return 0;
  });
}

API int32_t st_call(const Operator* op, const Value* args, int32_t count, Value* results, int32_t capacity) {
  return guarded(-1, [&] {
    StackLease lease;
    run(*op, args, count, lease.stack);
    const int32_t n = std::min<int32_t>(capacity, static_cast<int32_t>(lease.stack.size()));
    for (int32_t i = 0; i < n; i++) results[i] = release(lease.stack[i]);
    return n;
  });
}

// ---- tensors

API void st_free(void* handle) {
  delete static_cast<at::Tensor*>(handle);
  live_handles.fetch_sub(1, std::memory_order_relaxed);
}
API void st_free_list(void** handles) { delete[] handles; }
API int64_t st_live_handles() { return live_handles.load(); }
API void* st_alias(void* t) { return wrap(as_tensor(t)); }

API int64_t st_dim(void* t) { return guarded<int64_t>(-1, [&] { return as_tensor(t).dim(); }); }
API int64_t st_numel(void* t) { return guarded<int64_t>(-1, [&] { return as_tensor(t).numel(); }); }
API int32_t st_dtype(void* t) { return static_cast<int32_t>(as_tensor(t).scalar_type()); }
API int32_t st_device_type(void* t) { return guarded(-1, [&] { return static_cast<int32_t>(as_tensor(t).device().type()); }); }
API int32_t st_device_index(void* t) { return guarded(-2, [&] { return static_cast<int32_t>(as_tensor(t).device().index()); }); }
API int64_t st_element_size(void* t) { return guarded<int64_t>(-1, [&] { return static_cast<int64_t>(as_tensor(t).element_size()); }); }
API int32_t st_sizes(void* t, int64_t* out) {
  return guarded(1, [&] { const auto s = as_tensor(t).sizes(); std::copy(s.begin(), s.end(), out); return 0; });
}
API int32_t st_strides(void* t, int64_t* out) {
  return guarded(1, [&] { const auto s = as_tensor(t).strides(); std::copy(s.begin(), s.end(), out); return 0; });
}
API int64_t st_size(void* t, int64_t dim) { return guarded<int64_t>(-1, [&] { return as_tensor(t).size(dim); }); }
API int64_t st_stride(void* t, int64_t dim) { return guarded<int64_t>(INT64_MIN, [&] { return as_tensor(t).stride(dim); }); }
API int64_t st_storage_offset(void* t) { return guarded<int64_t>(-1, [&] { return as_tensor(t).storage_offset(); }); }
API int32_t st_is_contiguous(void* t) { return guarded(-1, [&] { return as_tensor(t).is_contiguous() ? 1 : 0; }); }
API int32_t st_is_sparse(void* t) { return as_tensor(t).is_sparse() ? 1 : 0; }
API int32_t st_is_leaf(void* t) { return as_tensor(t).is_leaf() ? 1 : 0; }
API void* st_data(void* t) {
  return guarded<void*>(nullptr, [&] {
    const at::Tensor& tensor = as_tensor(t);
    return tensor.storage() ? static_cast<char*>(const_cast<void*>(static_cast<const void*>(tensor.storage().data()))) +
                                  tensor.storage_offset() * tensor.element_size()
                            : nullptr;
  });
}
API void* st_storage_data(void* t) {
  return guarded<void*>(nullptr, [&] { return const_cast<void*>(static_cast<const void*>(as_tensor(t).storage().data())); });
}
API int64_t st_storage_bytes(void* t) { return guarded<int64_t>(-1, [&] { return static_cast<int64_t>(as_tensor(t).storage().nbytes()); }); }

API void* st_from_blob(void* data, const int64_t* sizes, int32_t dims, int32_t dtype, void (*release)(void*), void* state) {
  return guarded<void*>(nullptr, [&] {
    const auto options = at::TensorOptions().dtype(static_cast<c10::ScalarType>(dtype));
    return wrap(at::from_blob(data, at::IntArrayRef(sizes, dims), [release, state](void*) { release(state); }, options));
  });
}

// names: UTF-8, separated by NUL, one for each dimension ("*" for none); nullptr takes the names away.
API int32_t st_rename(void* t, const char* names) {
  return guarded(1, [&] {
    if (!names) {
      at::internal_set_names_inplace(as_tensor(t), OptionalNames());
      return 0;
    }
    std::vector<at::Dimname> list;
    for (int64_t i = 0; i < as_tensor(t).dim(); i++, names += std::strlen(names) + 1)
      list.push_back(std::strcmp(names, "*") == 0 ? at::Dimname::wildcard() : at::Dimname::fromSymbol(at::Symbol::dimname(names)));
    at::internal_set_names_inplace(as_tensor(t), OptionalNames(at::DimnameList(list)));
    return 0;
  });
}
API int32_t st_has_names(void* t) { return as_tensor(t).has_names() ? 1 : 0; }
API int32_t st_name(void* t, int64_t dim, char* out, int32_t capacity) {
  return guarded(-1, [&] {
    const auto name = as_tensor(t).names()[dim];
    const std::string text = name.isWildcard() ? "" : name.symbol().toUnqualString();
    std::strncpy(out, text.c_str(), capacity);
    return static_cast<int32_t>(text.size());
  });
}

// ---- autograd

API int32_t st_requires_grad(void* t) { return as_tensor(t).requires_grad() ? 1 : 0; }
API int32_t st_set_requires_grad(void* t, int32_t value) { return guarded(1, [&] { as_tensor(t).set_requires_grad(value != 0); return 0; }); }
API void* st_grad(void* t) { return guarded<void*>(nullptr, [&] { return wrap(as_tensor(t).grad()); }); }
API int32_t st_set_grad(void* t, void* grad) {
  return guarded(1, [&] { as_tensor(t).mutable_grad() = grad ? as_tensor(grad) : at::Tensor(); return 0; });
}
API int32_t st_retain_grad(void* t) { return guarded(1, [&] { as_tensor(t).retain_grad(); return 0; }); }

API int32_t st_backward(void* const* tensors, int32_t count, void* const* grads, int32_t grad_count, int32_t retain, int32_t create,
                        void* const* inputs, int32_t input_count) {
  return guarded(1, [&] {
    torch::autograd::backward(tensor_list(tensors, count), tensor_list(grads, grad_count), retain != 0, create != 0, tensor_list(inputs, input_count));
    return 0;
  });
}

API int32_t st_grads(void* const* outputs, int32_t count, void* const* inputs, int32_t input_count, void* const* grads, int32_t grad_count,
                     int32_t retain, int32_t create, int32_t allow_unused, void** results) {
  return guarded(1, [&] {
    const auto list = torch::autograd::grad(tensor_list(outputs, count), tensor_list(inputs, input_count), tensor_list(grads, grad_count),
                                            retain != 0, create != 0, allow_unused != 0);
    for (size_t i = 0; i < list.size(); i++) results[i] = wrap(list[i]);
    return 0;
  });
}

API int32_t st_grad_mode() { return c10::GradMode::is_enabled() ? 1 : 0; }
API void st_set_grad_mode(int32_t enabled) { c10::GradMode::set_enabled(enabled != 0); }
API int32_t st_inference_mode() { return c10::InferenceMode::is_enabled() ? 1 : 0; }
API void* st_enter_inference_mode(int32_t enabled) { return new c10::InferenceMode(enabled != 0); }
API void st_leave_inference_mode(void* guard) { delete static_cast<c10::InferenceMode*>(guard); }
API int32_t st_anomaly_mode() { return torch::autograd::AnomalyMode::is_enabled() ? 1 : 0; }
API int32_t st_anomaly_checks_nan() { return torch::autograd::AnomalyMode::should_check_nan() ? 1 : 0; }
API void st_set_anomaly_mode(int32_t enabled, int32_t check_nan) { torch::autograd::AnomalyMode::set_enabled(enabled != 0, check_nan != 0); }

// The number of outputs, their handles in *outputs (freed by st_free_list); -1 on an error.
API int32_t st_apply_function(Callbacks callbacks, void* managed, void* const* inputs, int32_t count, void*** outputs) {
  return guarded(-1, [&] {
    const auto state = c10::make_intrusive<ManagedState>(callbacks, managed);
    const auto list = tensor_list(inputs, count);
    const auto results = ManagedFunction::apply(at::TensorList(list), state);
    *outputs = release_list(results);
    return static_cast<int32_t>(results.size());
  });
}
API void st_add_to_list(variable_list* list, void* t) { list->push_back(t ? as_tensor(t) : at::Tensor()); }
API int32_t st_context_save(void* c, void* const* tensors, int32_t n) {
  return guarded(1, [&] { as_context(c).save_for_backward(tensor_list(tensors, n)); return 0; });
}
API int32_t st_context_saved(void* c, void*** tensors) {
  return guarded(-1, [&] {
    const auto list = as_context(c).get_saved_variables();
    *tensors = release_list(list);
    return static_cast<int32_t>(list.size());
  });
}
API void st_context_mark_dirty(void* c, void* const* tensors, int32_t n) { as_context(c).mark_dirty(tensor_list(tensors, n)); }
API void st_context_mark_constant(void* c, void* const* tensors, int32_t n) { as_context(c).mark_non_differentiable(tensor_list(tensors, n)); }
API void st_context_materialize(void* c, int32_t value) { as_context(c).set_materialize_grads(value != 0); }

// ---- devices, random numbers, threads

API int32_t st_device_count(int32_t type) {
  const auto device = static_cast<c10::DeviceType>(type);
  return c10::impl::hasDeviceGuardImpl(device) ? static_cast<int32_t>(c10::impl::getDeviceGuardImpl(device)->deviceCount()) : 0;
}
API int32_t st_has_cudnn() { return guarded(0, [] { return at::detail::getCUDAHooks().compiledWithCuDNN() ? 1 : 0; }); }
API int32_t st_synchronize(int32_t index) {
  return guarded(1, [&] {
    const auto* guard = c10::impl::getDeviceGuardImpl(c10::DeviceType::CUDA);
    at::detail::getCUDAHooks().deviceSynchronize(index < 0 ? guard->getDevice().index() : static_cast<c10::DeviceIndex>(index));
    return 0;
  });
}

API int32_t st_manual_seed(int64_t seed) { return guarded(1, [&] { at::manual_seed(static_cast<uint64_t>(seed)); return 0; }); }

// A generator of its own (own != 0), or the device's default one. index -1: the current device.
API void* st_generator(int32_t type, int32_t index, int32_t own) {
  return guarded<void*>(nullptr, [&]() -> void* {
    const auto device = static_cast<c10::DeviceType>(type);
    auto generator = device == c10::DeviceType::CPU
                         ? at::detail::getDefaultCPUGenerator()
                         : at::globalContext().defaultGenerator(c10::Device(device, static_cast<c10::DeviceIndex>(index)));
    if (own) {
      std::lock_guard<std::mutex> lock(generator.mutex());
      generator = generator.clone();
    }
    return new at::Generator(generator);
  });
}
API void st_generator_free(void* g) { delete static_cast<at::Generator*>(g); }
API int32_t st_generator_seed(void* g, int64_t seed) {
  return guarded(1, [&] {
    std::lock_guard<std::mutex> lock(as_generator(g).mutex());
    as_generator(g).set_current_seed(static_cast<uint64_t>(seed));
    return 0;
  });
}
API int64_t st_generator_current_seed(void* g) { return static_cast<int64_t>(as_generator(g).current_seed()); }
API int64_t st_generator_new_seed(void* g) {
  std::lock_guard<std::mutex> lock(as_generator(g).mutex());
  return static_cast<int64_t>(as_generator(g).seed());
}
API void* st_generator_state(void* g) { return guarded<void*>(nullptr, [&] { return wrap(as_generator(g).get_state()); }); }
API int32_t st_generator_set_state(void* g, void* t) {
  return guarded(1, [&] {
    std::lock_guard<std::mutex> lock(as_generator(g).mutex());
    as_generator(g).set_state(as_tensor(t));
    return 0;
  });
}

API int32_t st_threads() { return at::get_num_threads(); }
API int32_t st_interop_threads() { return at::get_num_interop_threads(); }
API int32_t st_set_threads(int32_t n) { return guarded(1, [&] { at::set_num_threads(n); return 0; }); }
API int32_t st_set_interop_threads(int32_t n) { return guarded(1, [&] { at::set_num_interop_threads(n); return 0; }); }
