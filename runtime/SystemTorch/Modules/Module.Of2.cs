namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public abstract class Module<T1, T2, TResult> :
            HookableModule<
                Func<Module<T1, T2, TResult>, T1, T2, (T1, T2)?>,
                Func<Module<T1, T2, TResult>, T1, T2, TResult, TResult>>,
            IModule<T1, T2, TResult>
        {
            protected Module(string name) : base(name)
            {
            }

            public abstract TResult forward(T1 input1, T2 input2);

            public TResult call(T1 input1, T2 input2)
            {
                RunModuleHooks(module_pre_hooks);
                foreach (var hook in pre_hooks.Values)
                {
                    var changed = hook(this, input1, input2);
                    if (changed.HasValue)
                        (input1, input2) = changed.Value;
                }

                var result = forward(input1, input2);

                foreach (var hook in post_hooks.Values)
                {
                    var changed = hook(this, input1, input2, result);
                    if (changed is not null)
                        result = changed;
                }

                RunModuleHooks(module_post_hooks);
                return result;
            }
        }
    }
}
