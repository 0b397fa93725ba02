namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public abstract class Module<T, TResult> :
            HookableModule<
                Func<Module<T, TResult>, T, T>,
                Func<Module<T, TResult>, T, TResult, TResult>>,
            IModule<T, TResult>
        {
            protected Module(string name) : base(name)
            {
            }

            public abstract TResult forward(T input);

            public TResult call(T input)
            {
                RunModuleHooks(module_pre_hooks);
                foreach (var hook in pre_hooks.Values)
                {
                    var changed = hook(this, input);
                    if (changed is not null)
                        input = changed;
                }

                var result = forward(input);

                foreach (var hook in post_hooks.Values)
                {
                    var changed = hook(this, input, result);
                    if (changed is not null)
                        result = changed;
                }

                RunModuleHooks(module_post_hooks);
                return result;
            }
        }
    }
}
