using Acme.Vision;

[assembly: Lora(typeof(Acme.Models.Classifier), Rank = Acme.Models.Sizes.DefaultRank, Targets = new[] { "fc*" })]
[assembly: Lora(typeof(Patches), Name = "vision", Alpha = 1.5)]
[assembly: Lora(typeof(Acme.Outer.Inner), Exclude = ["gate"])]
