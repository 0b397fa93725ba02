using System.Text.Json;

namespace LoraGen.Runtime.Tests.Interop;

/// <summary>Writes all folders of the tests, each with its base model and the scalings, and the commands that check them with PEFT itself.</summary>
internal static class WrittenFolders
{
    public static void Write(string folder, TextWriter commands)
    {
        foreach (var (name, (create, attach)) in Folders.All)
        {
            var place = Path.Combine(Path.GetFullPath(folder), name.Replace(' ', '-'));
            Directory.CreateDirectory(place);
            var (bare, scalings) = (Path.Combine(place, "base.safetensors"), Path.Combine(place, "scalings.json"));
            using var model = create();
            SafetensorsWriter.Write(
                bare,
                model.state_dict().ToDictionary(entry => BaseModule.Clean(entry.Key), entry => entry.Value),
                new Dictionary<string, string> { ["format"] = "pt" });

            using var adapter = Make.Trained(attach(model));
            adapter.Save(place);
            File.WriteAllText(scalings, JsonSerializer.Serialize(adapter.Sites.ToDictionary(site => site.Path, site => (site as LowRankSite)?.Scaling ?? 1)));
            var saved = adapter.Name == "default" ? place : Path.Combine(place, adapter.Name);
            commands.WriteLine($"python tests/interop/check_with_peft.py '{saved}' '{bare}' '{scalings}'");
        }
    }
}
