namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            protected DeviceType _deviceType = DeviceType.CPU;
            protected int _deviceIndex = -1;

            protected internal virtual Module _to(Device device, ScalarType dtype, bool non_blocking)
            {
                CheckFloating(dtype);
                CheckAvailable(device.type);
                if (device.type != DeviceType.CUDA)
                    device = new Device(device.type, -1);

                MoveOwnTensors(dtype, device);
                _toEpilog(device, dtype, non_blocking);
                return this;
            }

            protected internal virtual Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking)
            {
                CheckAvailable(deviceType);
                if (deviceType != DeviceType.CUDA)
                    deviceIndex = -1;

                // A module trusts its own record of where it is: tensors that were put elsewhere one by one are not looked at.
                if (deviceType == _deviceType && deviceIndex == _deviceIndex)
                    return this;

                MoveOwnTensors(null, new Device(deviceType, deviceIndex));
                _toEpilog(deviceType, deviceIndex, non_blocking);
                return this;
            }

            protected internal virtual Module _to(ScalarType dtype, bool non_blocking)
            {
                CheckFloating(dtype);
                MoveOwnTensors(dtype, null);
                _toEpilog(dtype, non_blocking);
                return this;
            }

            public Module _to(Tensor other, bool non_blocking)
            {
                _to(other.dtype, non_blocking);
                return _to(other.device_type, other.device_index, non_blocking);
            }

            protected void _toEpilog(ScalarType dtype, bool non_blocking) => _toEpilog(dtype, null, non_blocking);

            protected void _toEpilog(Device device, ScalarType dtype, bool non_blocking) => _toEpilog(dtype, device, non_blocking);

            protected void _toEpilog(DeviceType deviceType, int deviceIndex, bool non_blocking)
                => _toEpilog(null, new Device(deviceType, deviceIndex), non_blocking);

            /// <summary>Moves the children, then replaces each own parameter and buffer that changes, in the registry and in its field or property.</summary>
            protected virtual void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
            {
                if (dtype is null && device is null)
                    throw new ArgumentNullException(nameof(dtype), $"{nameof(dtype)} and {nameof(device)} are both null.");

                foreach (var (_, child) in named_children())
                {
                    if (device is null)
                        child._to(dtype!.Value, non_blocking);
                    else if (dtype is null)
                        child._to(device.type, device.index, non_blocking);
                    else
                        child._to(device, dtype.Value, non_blocking);
                }

                ReplaceOwn(dtype, device);

                if (device is not null)
                {
                    _deviceType = device.type;
                    _deviceIndex = device.index;
                }
            }

            private void ReplaceOwn(ScalarType? dtype, Device? device)
            {
                var fields = ComponentFields.Of(GetType()).ToDictionary(field => field.ComponentName());
                var properties = ComponentFields.PropertiesOf(GetType());

                foreach (var (key, parameter) in named_parameters(false).ToList())
                {
                    if (!ReplaceParameter(dtype, device, parameter, out var replacement))
                        continue;

                    if (properties.TryGetValue(key, out var property))
                    {
                        property.SetValue(this, replacement);
                        continue;
                    }

                    parameter.Dispose();
                    ConditionallyRegisterParameter(key, replacement);
                    if (fields.TryGetValue(key, out var field))
                        field.SetValue(this, replacement);
                }

                foreach (var (key, buffer) in named_buffers(false).ToList())
                {
                    if (!ReplaceBuffer(dtype, device, buffer, out var replacement))
                        continue;

                    if (properties.TryGetValue(key, out var property))
                    {
                        property.SetValue(this, replacement);
                        continue;
                    }

                    ConditionallyRegisterBuffer(key, replacement);
                    if (fields.TryGetValue(key, out var field))
                        field.SetValue(this, replacement);
                }
            }

            protected static (Device device, ScalarType dtype) GetDefaultDeviceAndType(Device? device = null, ScalarType? dtype = null)
                => (device ?? get_default_device(), dtype ?? get_default_dtype());

            internal T MoveModule<T>(Device? device, ScalarType? dtype) where T : Module
            {
                var (where, what) = GetDefaultDeviceAndType(device, dtype);
                return (T)_to(where, what, false);
            }

            /// <summary>Where a module's tensors change in place instead of being replaced, it does so here.</summary>
            private protected virtual void MoveOwnTensors(ScalarType? dtype, Device? device)
            {
            }

            private static void CheckFloating(ScalarType dtype)
            {
                if (!is_floating_point(dtype) && !is_complex(dtype))
                    throw new ArgumentException($"nn.Module.to only accepts floating point or complex types, but got desired dtype={dtype}");
            }

            private static void CheckAvailable(DeviceType type)
            {
                if (type == DeviceType.CUDA && !cuda.is_available())
                    throw new InvalidOperationException("CUDA is not available.");
            }
        }
    }
}
