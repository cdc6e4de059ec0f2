using System.Reflection;

namespace Voice.Api;

/// <summary>The version of the program: <c>Version</c> in Directory.Build.props.</summary>
internal static class ProductVersion
{
    public static string Text { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
